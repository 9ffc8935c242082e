"""OpsDesk: a full-screen desk for running the meetings that hold a company together."""
