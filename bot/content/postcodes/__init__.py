"""All postcodes of Great Britain, where an operator imported them: files in, positions out."""
