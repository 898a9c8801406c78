text-empty = write at least one character
