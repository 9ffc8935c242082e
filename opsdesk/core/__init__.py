"""The subject: records, rules and the meeting runner. No clock, no disk, no screen."""
