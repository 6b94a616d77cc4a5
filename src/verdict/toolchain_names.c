// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/toolchain_names.h"

#include <fnmatch.h>

// Globs. Sources: gABI and psABI supplements (linker-made names), the GCC internals manual
// (libgcc routines), the ARM run-time ABI (__aeabi), the Itanium C++ ABI, glibc's csu.
static const char *const needs[] = {
    "_GLOBAL_OFFSET_TABLE_",
    "_PROCEDURE_LINKAGE_TABLE_",
    "_DYNAMIC",
    "_GLOBAL_OFFSET_TABLE",
    "__stack_chk_fail",
    "__stack_chk_fail_local",
    "__stack_chk_guard",
    "__stack_smash_handler",
    "__tls_get_addr",
    "___tls_get_addr",
    "__tls_get_offset",
    "__gmon_start__",
    "_ITM_*TMCloneTable",
    "_Jv_RegisterClasses",
    "__cxa_finalize",
    "__dso_handle",
    "__TMC_END__",
    "__ehdr_start",
    "__executable_start",
    "__libc_start_main",
    "_gp_disp",
    "__gnu_local_gp",
    ".TOC.",
    "_SDA_BASE_",
    "_SDA2_BASE_",
    "__gcov_*",
    "__asan_*",
    "__ubsan_*",
    "__tsan_*",
    "__msan_*",
    "__sanitizer_*",
    "__morestack",
    "_mcount",
    "mcount",
    "__cyg_profile_func_*",
    "__register_frame_info*",
    "__deregister_frame_info*",
    "_Unwind_*",
    "__gxx_personality_*",
    "__gcc_personality_*",
    "__init_array_start",
    "__init_array_end",
    "__fini_array_start",
    "__fini_array_end",
    "__preinit_array_start",
    "__preinit_array_end",
    "__rela_iplt_start",
    "__rela_iplt_end",
};

static const char *const helpers[] = {
    "__*div[sdt]i[34]",
    "__*mod[sdt]i[34]",
    "__*divmod[sdt]i4",
    "__mul[sdt]i3",
    "__neg[sdt]i2",
    "__ash[lr][sdt]i3",
    "__lshr[sdt]i3",
    "__[cu]*mp[dt]i2",
    "__c[lt]z[sdt]i2",
    "__ffs[sdt]i2",
    "__popcount[sdt]i2",
    "__parity[sdt]i2",
    "__bswap[sd]i2",
    "__mulv[sdt]i3",
    "__addv[sdt]i3",
    "__subv[sdt]i3",
    "__absv[sdt]i2",
    "__mulo[sdt]i4",
    "__fix*[sdtx]f[sdt]i",
    "__float*[sdt]i[sdtx]f",
    "__extend*f*f2",
    "__trunc*f*f2",
    "__add[sdt]f3",
    "__sub[sdt]f3",
    "__mul[sdt]f3",
    "__div[sdt]f3",
    "__[eglnu][tqeno]*[sdt]f2",
    "__pow*[sdtx]f2",
    "__mul[sdx]c3",
    "__div[sdx]c3",
    "__aeabi_*",
    "__gnu_thumb1_*",
    "_savegpr_*",
    "_restgpr_*",
    "_savefpr_*",
    "_restfpr_*",
    "__clear_cache",
    "__emutls_*",
    "__sync_*_[1248]",
    "__atomic_*",
    "__aarch64_*",
    "__llvm_*",
    "__udiv_w_sdiv",
    "__riscv_save_*",
    "__riscv_restore_*",
    "__cpu_indicator_init",
    "__cpu_model",
};

static const char *const runtime[] = {
    "_start",
    "_init",
    "_fini",
    "__start",
    "_dl_relocate_static_pie",
    "deregister_tm_clones",
    "register_tm_clones",
    "__do_global_dtors_aux",
    "__do_global_ctors_aux",
    "frame_dummy",
    "__libc_csu_init",
    "__libc_csu_fini",
    "__x86.get_pc_thunk.*",
    "_GLOBAL__sub_[ID]_*",
    "__stack_chk_fail_local",
    "_start_c",
    "call_weak_fn",
    "__libc_csu_irel",
    "__do_init",
    "__do_fini",
    "_GLOBAL__*",
    "__odr_asan*",
    "__llvm_*",
    "__tcf_*",
    "_Z*__static_initialization_and_destruction_*",
    "__tls_init",
    "_ZTH*",
    "_ZTW*",
    "__clang_call_terminate",
    "__cxx_global_*",
    "atexit",
    "at_quick_exit",
    "__stat",
    "__fstat",
    "__lstat",
    "__mknod",
    "__pthread_atfork",
    "$[atdx]*",
};

static bool in_list(const char *const *globs, size_t count, struct cor_slice name)
{
    char text[256];
    if (name.size == 0 || name.size >= sizeof text)
        return false;
    memcpy(text, name.data, name.size);
    text[name.size] = '\0';
    for (size_t i = 0; i < count; i++)
        if (fnmatch(globs[i], text, 0) == 0)
            return true;
    return false;
}

#define IN_LIST(list, name) in_list(list, sizeof(list) / sizeof *(list), name)

bool cor_is_tool_need(struct cor_slice name)
{
    return name.size && (name.data[0] == '_' || name.data[0] == '.' || name.data[0] == 'm') &&
           IN_LIST(needs, name);
}

bool cor_is_helper_name(struct cor_slice name)
{
    return name.size && name.data[0] == '_' && IN_LIST(helpers, name);
}

bool cor_is_runtime_name(struct cor_slice name)
{
    return IN_LIST(runtime, name);
}
