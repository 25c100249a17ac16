office-no-account = There is no active account “{ $person }”.
office-no-account-next = Enter the person with “paritrana user add” and send the invitation, or enable the account again.
office-account-text = The { $what } of an account has between 1 and { $max } characters and no control characters.
office-account-text-next = Write it shorter, in letters, digits and spaces.
office-account-email = “{ $email }” is no e-mail address.
office-account-email-next = Write it like nama@instansi.go.id, or leave it out: an invitation can also be copied or printed.
office-account-there = “{ $person }” has an account already.
office-account-there-next = Give that account another role, or choose another id.
