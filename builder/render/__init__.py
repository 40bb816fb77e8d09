"""From the joined archive to the site's files; pages and exports are the same thing to the build (see `listing`)."""
