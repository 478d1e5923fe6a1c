"""What the client takes home: workbook, pictures and data files."""
