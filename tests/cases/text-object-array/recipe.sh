# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
for kind in bytes words base64; do
    put hidden/$kind.c <<C
int blob_$kind(int x) { return x + 1; }
C
done
put source/shim.c <<'C'
int blob_bytes(int x), blob_words(int x), blob_base64(int x), beside_bytes(int x);
int shim_init(void)
{
    return blob_bytes(1) + blob_words(2) + blob_base64(3) + beside_bytes(4);
}
C
object hidden/bytes.o hidden/bytes.c
foreign mips-linux-gnu hidden/words.o hidden/words.c
object hidden/base64.o hidden/base64.c
{
    printf '/* Firmware. */\nint beside_bytes(int x) { return x; }\nstatic const unsigned char fw[] = {\n'
    perl -0777 -ne 'print join(",", map { sprintf "0x%02x", $_ } unpack "C*", $_)' hidden/bytes.o
    printf '\n};\n'
} >source/bytes.c
{
    printf 'const unsigned int words[] = { /* of four bytes */\n'
    perl -0777 -ne 'print map { sprintf "0x%08xU,\n", $_ } unpack "N*", $_ . "\0\0\0"' hidden/words.o
    printf '};\n'
} >source/words.c
base64 hidden/base64.o >source/fw.b64
