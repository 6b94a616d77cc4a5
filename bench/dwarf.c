// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// For developers: where the bodies of functions stand, as the DWARF of objects says, as "name TAB
// file TAB line", for comparison with what the recogniser finds.
//     dwarf FILE... > list
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *attribute_text(Dwarf_Die *die, unsigned what)
{
    Dwarf_Attribute attribute;
    return dwarf_formstring(dwarf_attr_integrate(die, what, &attribute));
}

static bool has_code(Dwarf_Die *die)
{
    Dwarf_Addr address;
    return dwarf_hasattr(die, DW_AT_ranges) || dwarf_lowpc(die, &address) == 0;
}

// Parts "./" and "x/../" say nothing.
static void put_path(const char *folder, const char *file)
{
    char joined[8192], *parts[512];
    size_t count = 0;
    if (file[0] == '/')
        folder = "";
    if (snprintf(joined, sizeof joined, "%s/%s", folder, file) >= (int)sizeof joined)
        return;
    char *rest = NULL;
    for (char *part = strtok_r(joined, "/", &rest); part; part = strtok_r(NULL, "/", &rest)) {
        if (strcmp(part, "..") == 0 && count)
            count--;
        else if (strcmp(part, ".") != 0 && count < sizeof parts / sizeof *parts)
            parts[count++] = part;
    }
    for (size_t i = 0; i < count; i++)
        printf("/%s", parts[i]);
}

static void put_function(Dwarf_Die *die, const char *folder)
{
    int line = 0;
    const char *name = attribute_text(die, DW_AT_linkage_name);
    const char *file = dwarf_decl_file(die);
    if (!name)
        name = attribute_text(die, DW_AT_name);
    if (!name || !file || dwarf_decl_line(die, &line) != 0)
        return;
    printf("%s\t", name);
    put_path(folder, file);
    printf("\t%d\n", line);
}

static void put_unit(Dwarf_Die *unit)
{
    const char *folder = attribute_text(unit, DW_AT_comp_dir);
    Dwarf_Die die;
    if (dwarf_child(unit, &die) != 0)
        return;
    do
        if (dwarf_tag(&die) == DW_TAG_subprogram && has_code(&die))
            put_function(&die, folder ? folder : "");
    while (dwarf_siblingof(&die, &die) == 0);
}

static void put_file(const char *path)
{
    static const Dwfl_Callbacks callbacks = {.section_address = dwfl_offline_section_address,
                                             .find_debuginfo = dwfl_standard_find_debuginfo};
    Dwfl *session = dwfl_begin(&callbacks);
    Dwarf_Die *unit = NULL;
    Dwarf_Addr bias;
    if (!session || !dwfl_report_offline(session, path, path, -1))
        fprintf(stderr, "%s: %s\n", path, dwfl_errmsg(-1));
    else {
        dwfl_report_end(session, NULL, NULL);
        while ((unit = dwfl_nextcu(session, unit, &bias)) != NULL)
            put_unit(unit);
    }
    dwfl_end(session);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        put_file(argv[i]);
    return argc > 1 ? 0 : 2;
}
