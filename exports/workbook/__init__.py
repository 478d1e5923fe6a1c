"""The sheets of the workbook with gaps and roadmap."""
