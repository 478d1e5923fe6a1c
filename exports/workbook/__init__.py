"""The Excel workbook with gaps and roadmap, one module per sheet."""
