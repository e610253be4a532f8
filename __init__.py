"""Terraloom: maps from satellite and aerial images with deep learning, inside QGIS."""


def classFactory(iface):  # noqa: ANN001, ANN201, N802 - QGIS calls it by this name and hands in its interface
    """Give QGIS the plugin object.

    Args:
        iface: QGIS's `QgisInterface`; `None` under `qgis_process`.
    """
    from .plugin.plugin import TerraloomPlugin

    return TerraloomPlugin(iface)
