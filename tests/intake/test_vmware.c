// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// VMware's packages, bundles and boot modules: what they state of themselves is checked.
#include "harness.h"

#include <stdlib.h>

#include "support.h"

static struct support_result result;

// A package with one payload; $SUM and $FILE are what the descriptor states, or the truth.
#define VIB(out, sum, file, extra)                                                                 \
    "gzip -nc t.vmtar >esx-mod; sum=$(sha256sum <esx-mod | cut -c1-64);"                           \
    "inner=$(sha256sum <t.vmtar | cut -c1-64); size=$(stat -c %s esx-mod); rm -f " out ";"         \
    "printf '<?xml version=\"1.0\"?>\\n<vib version=\"5.0\"><type>bootbank</type><name>mod</name>" \
    "<file-list><file>/usr/lib/mod</file><file>" file "</file></file-list><payloads>"              \
    "<payload name=\"esx-mod" extra "\" type=\"vgz\" size=\"%s\">"                                 \
    "<checksum checksum-type=\"sha-256\">%s</checksum>"                                            \
    "<checksum checksum-type=\"sha-1\" verify-process=\"gunzip\">00</checksum>"                    \
    "<checksum checksum-type=\"sha-256\" verify-process=\"gunzip\">%s</checksum></payload>"        \
    "</payloads></vib>' $size " sum " >descriptor.xml; : >sig.pkcs7;"                              \
    "ar rcS " out " descriptor.xml sig.pkcs7 esx-mod"

static void make_module(void)
{
    CHECK(support_run("printf 'int f(void){return 0;}' >m.c; gcc -c m.c -o m.o"));
    support_vmtar("t.vmtar", "m.o");
}

TEST(package_that_is_what_it_states)
{
    make_module();
    CHECK(support_run(VIB("good.vib", "$sum $inner", "etc/\303\244.conf", "")));
    support_walk("good.vib", NULL, &result);
    CHECK(result.unread == 0 && result.hashes_hold && result.cuts_hold && result.cuts == 2);
    CHECK(support_has(result.text, "good.vib vib "));
    CHECK(support_has(result.text, "good.vib!/esx-mod!gzip!/usr/lib/mod elf "));
    CHECK(strstr(result.notes,
                 "good.vib: descriptor.xml: 2 of 3 sums agree (1 not checked), 2 files "
                 "named, not signed\n"));
    CHECK(strstr(result.notes, "checked: 2 sums agree, 2 files are named, 0 packages differ"));
}

// Names in the archive are cut short; what the descriptor says of the payload still finds it.
TEST(package_with_a_cut_name)
{
    CHECK(support_run(VIB("cut.vib", "$sum $inner", "usr/lib/mod",
                          "ule-long") ";"
                                      "cp esx-mod esx-module-l; rm cut.vib;"
                                      "ar rcS cut.vib descriptor.xml sig.pkcs7 esx-module-l"));
    support_walk("cut.vib", NULL, &result);
    CHECK(result.unread == 0 && strstr(result.notes, "2 of 3 sums agree"));
}

TEST(package_that_differs)
{
    CHECK(support_run(VIB("sum.vib", "$inner $inner", "usr/lib/mod", "") ";" VIB(
        "inner.vib", "$sum $sum", "usr/lib/mod",
        "") ";" VIB("file.vib", "$sum $inner", "usr/lib/other",
                    "") ";" VIB("gone.vib", "$sum $inner", "usr/lib/mod",
                                "") ";"
                                    "ar d gone.vib esx-mod;" VIB("bad.vib", "$sum $inner", "<",
                                                                 "")));
    support_walk("sum.vib", NULL, &result);
    CHECK(result.unread == 1 && result.visited == 4);
    CHECK(support_has(result.text, "sum.vib!/esx-mod gzip ") &&
          strstr(result.text, "unread: its SHA-256 is not the one that descriptor.xml states for"));
    CHECK(strstr(result.notes, "1 packages differ"));
    support_walk("inner.vib", NULL, &result);
    CHECK(result.unread == 1 && strstr(result.text, "inner.vib!/esx-mod!gzip vmtar "));
    support_walk("file.vib", NULL, &result);
    CHECK(
        result.unread == 1 &&
        strstr(result.text, "source code: descriptor.xml names what is not there: usr/lib/other"));
    support_walk("gone.vib", NULL, &result);
    CHECK(result.unread == 1 &&
          strstr(result.text, "not there: esx-mod, usr/lib/mod, usr/lib/mod"));
    CHECK(support_run(VIB(
        "size.vib", "$sum $inner", "usr/lib/mod",
        "") ";"
            "sed -i 's/ size=\"[0-9]*/ size=\"7/' descriptor.xml; ar r size.vib descriptor.xml"));
    support_walk("size.vib", NULL, &result);
    CHECK(result.unread == 1 && strstr(result.text, "size.vib!/esx-mod gzip ") &&
          strstr(result.text, "unread: its size is not the one that descriptor.xml states"));
    support_walk("bad.vib", NULL, &result);
    CHECK(result.unread == 1 && strstr(result.text, "not well-formed XML"));
}

TEST(offline_bundle)
{
    CHECK(support_run(
        "rm -rf b; mkdir -p b/vib20/mod m/vibs; cp good.vib b/vib20/mod/good.vib;"
        "sum=$(sha256sum <good.vib | cut -c1-64); size=$(stat -c %s good.vib);"
        "echo '<vendorList><vendor><indexfile>vendor-index.xml</indexfile></vendor></vendorList>' "
        ">b/index.xml;"
        "echo '<metaList><metadata><url>metadata.zip</url></metadata></metaList>' "
        ">b/vendor-index.xml;"
        "echo \"<metadataResponse><bulletin><vibList><vib><vibFile><sourceUrl/><relativePath>"
        "vib20/mod/good.vib</relativePath><packedSize>$size</packedSize><checksum><checksumType>"
        "sha-256</checksumType><checksum>$sum</checksum></checksum></vibFile></vib></vibList>"
        "</bulletin></metadataResponse>\" >m/vmware.xml;"
        "echo \"<vib version='5.0'><relative-path>vib20/mod/good.vib</relative-path><packed-size>"
        "$size</packed-size><checksum checksum-type='sha-256'>$sum</checksum></vib>\" "
        ">m/vibs/good.xml;"
        "(cd m; zip -q -r ../b/metadata.zip .); (cd b; zip -q -r ../bundle.zip .);"
        "sed -i 's/[0-9a-f]\\{64\\}/'$(printf %064d 0)'/' m/vibs/good.xml;"
        "sed -i s/good.vib/none.vib/ m/vmware.xml; cp -r b b2; rm b2/metadata.zip;"
        "(cd m; zip -q -r ../b2/metadata.zip .); (cd b2; zip -q -r ../bad.zip .);"
        "rm b/metadata.zip; (cd b; zip -q -r ../lacks.zip .)"));
    support_walk("bundle.zip", NULL, &result);
    CHECK(result.unread == 0 && support_has(result.text, "bundle.zip!/vib20/mod/good.vib vib "));
    CHECK(strstr(result.notes, "metadata.zip!/vmware.xml: 1 files named, 1 sums agree\n"));
    CHECK(strstr(result.notes, "metadata.zip!/vibs/good.xml: 1 files named, 1 sums agree\n"));
    CHECK(strstr(result.notes, "bundle.zip!/vib20/mod/good.vib: descriptor.xml: 2 of 3 sums"));
    support_walk("bad.zip", NULL, &result);
    CHECK(result.unread == 2 && strstr(result.text, "it names what is not there: vib20/mod/none"));
    CHECK(strstr(result.text, "its SHA-256 is not the one that the metadata state: 000000"));
    support_walk("lacks.zip", NULL, &result);
    CHECK(result.unread == 1 && strstr(result.text, "it names what is not there: metadata.zip"));
}

TEST(boot_configuration)
{
    CHECK(
        support_run("rm -rf i; mkdir -p i/efi/boot i/up; gzip -nc m.o >i/K.B00; cp i/K.B00 i/S.V00;"
                    "printf '# a comment\\nbootstate=0\\ntitle=x\\nkernel=/k.b00 opt\\n"
                    "kernelopt=y\\nmodules=/s.v00 --- /K.b00 a=1 --- /gone.v00\\n"
                    "build=5.5.0-1\\nupdated=0\\n' >i/BOOT.CFG;"
                    "printf 'prefix=/up\\nkernel=a.b00\\nmodules=b.b00\\nbuild=7\\n' "
                    ">i/efi/boot/boot.cfg; cp i/K.B00 i/up/A.B00; cp i/K.B00 i/up/b.b00;"
                    "xorriso -as mkisofs -quiet -R -o boot.iso i; rm -rf bank; cp -r i bank"));
    support_walk("boot.iso", NULL, &result);
    CHECK(result.unread == 1 && strstr(result.text, "boot.iso!/BOOT.CFG text "));
    CHECK(strstr(result.text, "unread code: it names what is not there: /gone.v00\n"));
    CHECK(strstr(result.notes,
                 "boot.iso!/BOOT.CFG: kernel /k.b00, build 5.5.0-1, 3 modules in this "
                 "order: /s.v00 /K.b00 /gone.v00\n"));
    CHECK(strstr(result.notes, "boot.cfg: kernel a.b00, build 7, 1 modules in this order: b.b00"));
    support_walk("bank", NULL, &result);
    CHECK(strstr(result.text, "unread code: it names what is not there: /gone.v00\n"));
}

// A signature of 2048 bits makes a trailer of 284 bytes, one of 4096 bits one of 540.
TEST(signed_boot_modules)
{
    static const struct {
        unsigned bits, size;
        const char *schema_data;
    } signatures[] = {{2048, 284, ""}, {4096, 540, ""}, {2048, 284 + 6, "schema"}};
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        char recipe[400], line[100];
        unsigned length = signatures[i].bits / 8 + 16;
        snprintf(recipe, sizeof recipe,
                 "gzip -nc m.o >s.b00; (printf '%s\\1\\0\\0\\0elfsign_0123456\\0'; head -c %u "
                 "/dev/urandom; printf '\\%03o\\%03o\\0\\0\\355\\021\\276\\032') >sig;"
                 "cat sig >>s.b00",
                 signatures[i].schema_data, length - 16, length & 255, length >> 8);
        CHECK(support_run(recipe));
        support_walk("s.b00", NULL, &result);
        CHECK(result.unread == 0 && support_has(result.text, "s.b00!gzip elf "));
        snprintf(line, sizeof line, "s.b00!trailer esxi-signature %u read\n", signatures[i].size);
        CHECK(support_has(result.text, line));
        snprintf(line, sizeof line, "s.b00!trailer!/signature data %u read\n", length);
        CHECK(support_has(result.text, line));
        snprintf(line, sizeof line, "key elfsign_0123456, %u bits, schema 1", signatures[i].bits);
        CHECK(strstr(result.notes, line));
    }
    CHECK(support_has(result.text, "s.b00!trailer!/schema-data "));
    CHECK(support_run("head -c 200 sig | tail -c +1 >short; cat short >>s.b00"));
    support_walk("s.b00", NULL, &result);
    CHECK(result.unread == 0 && support_has(result.text, "s.b00!trailer data "));
}

int main(void)
{
    support_enter();
    support_tree();
    static const struct test_case cases[] = {
        CASE(package_that_is_what_it_states),
        CASE(package_with_a_cut_name),
        CASE(package_that_differs),
        CASE(offline_bundle),
        CASE(boot_configuration),
        CASE(signed_boot_modules),
    };
    return test_run(cases, sizeof cases / sizeof *cases);
}
