"""From the editor's files to Articles: the only code that opens content/articles/ and content/originals/."""
