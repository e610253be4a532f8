"""Progress that keeps what it is told."""

from terraloom.engine.progress import Silent


class Heard(Silent):
    """Keeps what is logged, what is warned of, and both in their order."""

    def __init__(self):
        self.logs, self.warnings, self.texts = [], [], []

    @property
    def text(self):
        return "\n".join(self.texts)

    def log(self, template, **values):
        self._keep(self.logs, template.format(**values))

    def warn(self, template, **values):
        self._keep(self.warnings, template.format(**values))

    def _keep(self, kind, text):
        kind.append(text)
        self.texts.append(text)
