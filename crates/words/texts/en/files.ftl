# Texts: files that are kept

## What was found instead of a kind that is kept
files-found-html = a web page (HTML)
files-found-svg = an SVG drawing
files-found-xml = an XML file
files-found-program = a program
files-found-macros = an Office file with macros
files-found-old-office = a file of old Office, an RTF file, or an Office file with a password
files-found-archive = an archive (ZIP or the like)
files-found-other-picture = a picture or film of another kind (HEIC, GIF, TIFF, WebP, MP4)
files-found-not-utf8 = a text that is not UTF-8
files-found-unknown = a file of an unknown kind

## Refusals and failures: what is so, and under -next what to do
files-bad-place = Files cannot be kept in { $place }: { $why }.
files-bad-place-next = Name a folder, or s3://bucket/prefix.
files-no-folder = There is no folder { $folder }, nor a folder around it.
files-no-folder-next = Make it, or name another.
files-no-bucket = There is no bucket for { $place }.
files-no-bucket-next = Make the bucket in the S3 store, or name another.
files-not-allowed = Access to { $place } is refused.
files-not-allowed-next = Have the administrator check the rights of the program, or the key for the S3 store.
files-read-only = { $place } cannot be written to.
files-read-only-next = Have the administrator check who owns the place and whether its disk is read-only.
files-full = No room is left in { $place }. Nothing was kept of this file.
files-full-next = Have the administrator make room, then send the file again.
files-failure = The place for files failed. Nothing was kept of this file.
files-failure-next = Try again in a few minutes; if it fails again, tell the administrator, who finds the cause in the log.
files-input = The connection broke before the whole file had come.
files-input-next = Send it again; an upload in pieces goes on where it stopped.
files-empty = The file is empty.
files-empty-next = Choose the file again, and open it first to see that it has content.
files-too-large = The file is too large: at least { $size } MB, and at most { $limit } MB are allowed.
files-too-large-next = Make it smaller, for example by scanning at 150 dpi, or split it.
files-kind = This is { $found }. Accepted are PDF, PNG, JPEG, XLSX, DOCX, CSV and plain text in UTF-8.
files-kind-next = Save or export it as one of these, most simply as PDF; a table as CSV UTF-8.
files-missing = There is no file { $hash }.
files-missing-next = Have the administrator bring it back from a backup; its content must have this hash.
files-changed = The file { $hash } has been changed: its content now has the hash { $found }.
files-changed-next = Do not use it. Have the administrator bring it back from a backup and find out who changed it.
files-out-of-range = The file { $hash } has { $size } bytes, so nothing begins at byte { $from }.
files-out-of-range-next = Ask for a part inside the file.
files-unknown-upload = There is no upload { $id }: it was given up, or nothing came for too long.
files-unknown-upload-next = Begin the upload again.
files-wrong-offset = The upload goes on at byte { $right }, not at byte { $given }.
files-wrong-offset-next = Send what follows from there.
files-too-much = { $expected } bytes were announced, and more came.
files-too-much-next = Begin the upload again, with the size that the file has now.
files-incomplete = { $received } of { $expected } bytes have come.
files-incomplete-next = Send the rest, then finish.

## An act names a file
refusal-file-not-kept = { $file }: the file with the hash { $hash } was never sent here.
refusal-file-not-kept-next = Send the file first; when it has arrived whole, do the same again.
refusal-file-size = { $file }: { $told } bytes are stated, and the file that is kept has { $found }.
refusal-file-size-next = Send the file again, and state what was answered then.
refusal-file-kind = { $file }: the format { $told } is stated, and its content is { $found }.
refusal-file-kind-next = State the format that was answered when the file was sent.
cli-verified-files = { $edition }: files that acts name: { $kept } on record as kept, { $elsewhere } not kept here.
cli-files-intact = { $edition }: files of acts read: { $files } of { $all }, all whole. Bytes: { $bytes }.
cli-files-none = { $edition }: no act names a file, so none was read.
cli-files-made = The folder of files { $place } was not there and was made; only this user reads it. If it should lie on a disk of its own, that disk is not mounted.
cli-files-elsewhere = { $edition }: files of acts that are not kept here: { $elsewhere } of { $all }; nobody read them. They are with whoever had them when the acts were recorded.
cli-files-differ = { $edition }: files of acts that are whole: { $files } of { $all }. Missing: { $missing }, not what is on record: { $changed }.
cli-files-differ-next = See that this is the place of the files and that its disk is mounted. Bring them back from your copy of it, then verify again; what the journal says of them stays.
cli-files-not-read = { $edition }: the files themselves were not read. Name their place with --files.
files-bucket = { $place } does not do what it is asked. Attempted: { $doing } ({ $key }). Why not: { $why }
files-bucket-next = Check that the server answers at that address from this machine (curl), that AWS_ENDPOINT and AWS_REGION name it (an http:// address needs AWS_ALLOW_HTTP=true), then do the same again; nothing half done was left behind.
files-bucket-refused = { $place } refuses the key: { $why }
files-bucket-refused-next = Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and that this key may list the bucket and read in it; to keep files it must write and delete there, too.
files-bucket-missing = There is no such bucket: { $place }
files-bucket-missing-next = Check the name, and that AWS_ENDPOINT and AWS_REGION name the server that has it; this program makes no bucket.
files-disk = The disk does not do what it is asked at { $place }. Attempted: { $doing }. Why not: { $why }
files-disk-next = Check the disk and the rights of this program there, then do the same again; nothing half done was left behind.
