"""A fault in the content pack, as people read it. What counts as a fault is in checks.py."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One fault: the file as seen from the project, its line (from 1; 0: the whole file), the field, what to do."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        """For example: services_data/services.csv:12 name: is empty. Write the name that people know."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place} {self.field}: {self.message}" if self.field else f"{place}: {self.message}"
