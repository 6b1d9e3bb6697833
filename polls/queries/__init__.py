"""What pages and jobs ask of polls, gifts and the ledger."""
