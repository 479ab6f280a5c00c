"""The tables of the pack as one workbook, with a sheet a table: written for volunteers, read with distrust."""
