"""What changes polls, gifts and the ledger."""
