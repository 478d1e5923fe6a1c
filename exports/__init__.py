"""Exports: workbook, charts and data files."""
