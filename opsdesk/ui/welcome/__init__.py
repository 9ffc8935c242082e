"""The first start: what is asked for, step by step."""
