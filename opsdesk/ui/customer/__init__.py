"""The customer page on the screen: its head, its blocks, its picker, what is logged from it."""
