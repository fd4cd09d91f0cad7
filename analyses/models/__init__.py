from .cliche import Empreinte

__all__ = ["Empreinte"]
