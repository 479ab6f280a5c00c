"""A fault in the content pack, as people read it. What counts as a fault is in pack/checks.py."""

from dataclasses import dataclass

LINE, ROW, ENTRY = "line", "row", "entry"


@dataclass(frozen=True, order=True)
class Fault:
    """One fault: the file as seen from the project, its line (from 1; 0: the whole file), the field, what to do.

    `unit` is what `line` counts: lines of a text, rows of a sheet ("row"), or entries of a list ("entry").
    """

    file: str
    line: int
    field: str
    message: str
    unit: str = LINE

    def __str__(self) -> str:
        """Such as "services_data/services.csv:12 name: is empty. ..." or "sheet services, row 12, name: is empty. ..."."""
        if self.unit != LINE:
            row = f", {self.unit} {self.line}" if self.line else ""
            return f"{self.file}{row}{f', {self.field}' if self.field else ''}: {self.message}"
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place} {self.field}: {self.message}" if self.field else f"{place}: {self.message}"
