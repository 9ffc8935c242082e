"""The registers' screen, piece by piece: records to rows, what is typed to intents."""
