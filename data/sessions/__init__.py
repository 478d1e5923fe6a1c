"""Whole sessions in and out: JSON documents, score CSV, transfer and merge."""
