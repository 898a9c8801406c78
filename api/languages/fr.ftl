text-empty = écrivez au moins un caractère
