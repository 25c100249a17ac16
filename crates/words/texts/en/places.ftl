# What the search for regions says.
place-former-name = once { $name }
place-former-code = once { $code }
place-other-name = also { $name }
place-spelling = in another spelling
place-close = nearly so
place-nothing = No region is called "{ $query }", not even nearly.
place-nothing-next = Type fewer words, or only the beginning of the name.
place-unknown = There is no region with the code { $code }.
place-unknown-next = Look for it by its name: paritrana place search NAME
place-was = { $from } to { $to }: { $name }, code { $code }
place-was-before = until { $to }: { $name }, code { $code }
place-children = Below it: { $count }
