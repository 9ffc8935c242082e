"""The Today screen, block by block: values to rows."""
