"""What Stufenplan costs, each figure measured side by side with a bare equivalent in one run."""
