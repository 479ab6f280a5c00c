"""The content pack and the database, both ways without loss. This is the door; the work is in the folder pack/."""

from bot.content.pack.exporting import export_file, export_pack
from bot.content.pack.importing import ImportReport, Progress, apply_import, check_plan, import_pack, plan_import
from bot.content.pack.plan import ImportPlan, plan_lines
from bot.content.pack.sources import is_file

__all__ = [
    "ImportPlan",
    "ImportReport",
    "Progress",
    "apply_import",
    "check_plan",
    "export_file",
    "export_pack",
    "import_pack",
    "is_file",
    "plan_import",
    "plan_lines",
]
