"""The content pack and the database, both ways without loss. This is the door; the work is in the modules pack_*."""

from bot.content.pack_export import export_pack
from bot.content.pack_import import ImportReport, Progress, import_pack

__all__ = ["ImportReport", "Progress", "export_pack", "import_pack"]
