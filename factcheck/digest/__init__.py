"""The digest: sources in, one edition of the newsroom's stories out."""
