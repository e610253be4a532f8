"""Names of the tags by which a raster tells how it was made."""

MODEL, SHA256, PROVIDER, PARAMETERS, CARD = (
    f"TERRALOOM_{name}" for name in ("MODEL", "MODEL_SHA256", "PROVIDER", "PARAMETERS", "CARD")
)
EXPLAINED_CLASS = "TERRALOOM_EXPLAINED"
"""Of attributions: the class that they speak for or against."""
