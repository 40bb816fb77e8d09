"""The types that flow through the build; nothing here reads, writes or decides anything."""
