// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <stdlib.h>
#include <string.h>

#include "audit/pipeline.h"
#include "binary/lines.h"
#include "binary/debug.h"
#include "binary/elf.h"
#include "binary/identify.h"
#include "binary/kernel_image.h"
#include "binary/prints.h"

struct binary_visitor {
    struct cor_visitor visitor;
    struct cor_pipeline *pipeline;
};

// "a.iso!/k.b00!gzip" -> "k.b00"
static struct cor_slice last_name(const char *path)
{
    struct cor_slice name = cor_slice_text(path);
    for (;;) {
        const char *bang = memrchr(name.data, '!', name.size);
        if (!bang || bang[1] == '/')
            break;
        name.size = (size_t)(bang - name.data);
    }
    const char *slash = memrchr(name.data, '/', name.size);
    if (!slash)
        return name;
    size_t before = (size_t)(slash + 1 - name.data);
    return cor_slice(slash + 1, name.size - before);
}

static enum cor_status keep_unread_kernel(struct cor_pipeline *pipeline,
                                          const struct cor_component *component)
{
    if (component->kind != COR_KIND_KERNEL || !component->unsupported ||
        component->role != COR_ROLE_SHIPPED)
        return COR_OK;
    const struct cor_unread_kernel kernel = {component->path, component->unsupported};
    return cor_array_add(&pipeline->product.unread_kernels, kernel);
}

static enum cor_status keep(struct cor_pipeline *pipeline, struct cor_component *component)
{
    pthread_mutex_lock(&pipeline->product_lock);
    enum cor_status status = cor_array_reserve(&pipeline->product.components, 1);
    if (status == COR_OK)
        status = keep_unread_kernel(pipeline, component);
    if (status == COR_OK)
        pipeline->product.components.items[pipeline->product.components.count++] = component;
    pthread_mutex_unlock(&pipeline->product_lock);
    return status;
}

static enum cor_status describe(struct cor_pipeline *pipeline, struct cor_component *component,
                                const struct cor_leaf *leaf)
{
    component->input = (uint32_t)(leaf->input - pipeline->inputs.items);
    component->role = leaf->input->role;
    component->path = leaf->member->path;
    component->name = cor_arena_text(&component->arena, last_name(leaf->member->path));
    component->file_size = leaf->member->size;
    memcpy(component->sha256, leaf->member->sha256, sizeof component->sha256);
    return component->name ? COR_OK : COR_NOMEM;
}

static enum cor_status read_elf(struct cor_pipeline *pipeline, struct cor_component *component,
                                const struct cor_leaf *leaf)
{
    struct cor_diag_capture capture;
    cor_diag_capture_init(&capture);
    enum cor_status status =
        cor_elf_read(component, pipeline->names, leaf->bytes, leaf->size, &capture.diag);
    if (status == COR_OK && component->role == COR_ROLE_SHIPPED)
        status = cor_prints_read(component, pipeline->names, leaf->bytes, leaf->size);
    if (status == COR_OK || status == COR_NOMEM)
        return status;
    const char *reason = capture.text[0] ? capture.text : cor_status_text(status);
    leaf->member->state = COR_STATE_UNREAD;
    leaf->member->may_hide_code = true;
    leaf->member->reason = cor_arena_text(&component->arena, cor_slice_text(reason));
    component->kind = COR_KIND_UNSUPPORTED;
    component->unsupported = leaf->member->reason;
    if (!component->unsupported)
        return COR_NOMEM;
    return cor_fail(pipeline->options->diag, COR_LOST, COR_OK, leaf->member->path, "%s", reason);
}

// A kernel behind its own header, or behind none.
static enum cor_status read_kernel_image(struct cor_pipeline *pipeline,
                                         struct cor_component *component, const char *what,
                                         const struct cor_leaf *leaf)
{
    enum cor_status status =
        cor_kernel_image_read(component, pipeline->names, leaf->bytes, leaf->size);
    if (status != COR_NOT_FOUND || !what)
        return status;
    component->kind = COR_KIND_KERNEL;
    component->unsupported =
        cor_arena_printf(&component->arena, "its symbols were not read (%s)", what);
    return component->unsupported ? COR_OK : COR_NOMEM;
}

static enum cor_status read_component(struct cor_pipeline *pipeline,
                                      struct cor_component *component, enum cor_code_form form,
                                      const char *what, const struct cor_leaf *leaf)
{
    enum cor_status status = describe(pipeline, component, leaf);
    if (status != COR_OK)
        return status;
    if (form == COR_CODE_ELF)
        return read_elf(pipeline, component, leaf);
    if (form != COR_CODE_UNSUPPORTED)
        return read_kernel_image(pipeline, component, what, leaf);
    component->kind = COR_KIND_UNSUPPORTED;
    component->unsupported = cor_arena_printf(&component->arena, "%s is not analysed", what);
    return component->unsupported ? COR_OK : COR_NOMEM;
}

// What a kernel's wrapper holds has no header of its own: its name tells where to look.
static bool may_be_kernel(const struct cor_member *member, struct cor_slice head)
{
    static const char *const words[] = {"payload", "linux", "kernel", "image", "zimage"};
    const char *slash = strrchr(member->path, '/');
    const char *name = slash ? slash + 1 : member->path;
    if (member->format && strcmp(member->format, "text") == 0)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasestr(name, words[i]))
            return memchr(head.data, '\0', head.size) != NULL;
    return false;
}

enum cor_status cor_pipeline_add_component(struct cor_pipeline *pipeline,
                                           const struct cor_leaf *leaf)
{
    const char *what = NULL;
    enum cor_code_form form = cor_identify(leaf->bytes, leaf->size, &what);
    // What unpacks a kernel begins like the image that it was cut from.
    if (form == COR_CODE_KERNEL_IMAGE &&
        cor_slice_ends(cor_slice_text(leaf->member->path), COR_SLICE("!/stub")))
        return COR_OK;
    bool shipped = leaf->input->role == COR_ROLE_SHIPPED;
    const struct cor_slice bytes = cor_slice((const char *)leaf->bytes, leaf->size);
    if ((form == COR_CODE_NONE && !may_be_kernel(leaf->member, bytes)) ||
        (form != COR_CODE_ELF && !shipped))
        return COR_OK;
    struct cor_component *component = cor_component_new();
    enum cor_status status =
        component ? read_component(pipeline, component, form, what, leaf) : COR_NOMEM;
    if (status == COR_OK)
        status = keep(pipeline, component);
    if (status != COR_OK)
        cor_component_free(component);
    return status == COR_NOT_FOUND && form == COR_CODE_NONE ? COR_OK : status;
}

static enum cor_status visit(struct cor_visitor *visitor, const struct cor_leaf *leaf,
                             unsigned worker)
{
    struct cor_pipeline *pipeline = ((struct binary_visitor *)visitor)->pipeline;
    (void)worker;
    enum cor_status status = cor_pipeline_add_component(pipeline, leaf);
    if (status == COR_OK && leaf->input->role == COR_ROLE_SHIPPED)
        status = cor_pipeline_read_boot(pipeline, leaf);
    if (status == COR_OK && leaf->input->role == COR_ROLE_SHIPPED)
        status = cor_pipeline_keep_setting(pipeline, leaf);
    return status;
}

static bool wants(struct cor_visitor *visitor, const struct cor_member *member,
                  const unsigned char *head, size_t size)
{
    const char *what;
    enum cor_setting_kind kind;
    (void)visitor;
    struct cor_slice name = last_name(member->path);
    return cor_identify(head, size, &what) != COR_CODE_NONE ||
           cor_pipeline_is_setting(member->path, &kind) ||
           may_be_kernel(member, cor_slice((const char *)head, size)) ||
           (name.size == 8 && strncasecmp(name.data, "boot.cfg", 8) == 0);
}

enum cor_status cor_pipeline_binaries(struct cor_pipeline *pipeline, enum cor_role role,
                                      struct cor_walk **ret_walk)
{
    struct binary_visitor visitor = {{visit, wants}, pipeline};
    enum cor_status status = cor_pipeline_walk(pipeline, role, &visitor.visitor, NULL, 0, ret_walk);
    return status == COR_OK ? cor_pipeline_add_archives(pipeline, role, *ret_walk) : status;
}

// Joining empties what was read of a debug file, and copies of a component share one file.
static enum cor_status join_to(struct cor_pipeline *pipeline, struct cor_component *component,
                               const struct cor_leaf *leaf)
{
    struct cor_component *debug = cor_component_new();
    if (!debug)
        return COR_NOMEM;
    enum cor_status status = cor_elf_read(debug, pipeline->names, leaf->bytes, leaf->size, NULL);
    if (status == COR_OK)
        status = cor_debug_join(component, debug);
    cor_component_free(debug);
    return status == COR_NOT_FOUND ? COR_OK : status;
}

static enum cor_status join_to_all(struct cor_pipeline *pipeline, struct cor_component *debug,
                                   const struct cor_leaf *leaf)
{
    struct cor_slice name = last_name(leaf->member->path);
    const char *text = cor_arena_text(&debug->arena, name);
    enum cor_status status = text ? COR_OK : COR_NOMEM;
    pthread_mutex_lock(&pipeline->product_lock);
    for (size_t i = 0; status == COR_OK && i < pipeline->product.components.count; i++) {
        struct cor_component *component = pipeline->product.components.items[i];
        if (component->role != COR_ROLE_SHIPPED || component->unsupported ||
            !cor_debug_fits(component, debug, text, leaf->bytes, leaf->size))
            continue;
        status = join_to(pipeline, component, leaf);
        if (status == COR_OK && cor_lines_has(leaf->bytes, leaf->size))
            status = cor_array_add(&pipeline->debug_files,
                                   (struct cor_debug_file){component, leaf->member->path});
    }
    pthread_mutex_unlock(&pipeline->product_lock);
    return status;
}

static enum cor_status join(struct cor_visitor *visitor, const struct cor_leaf *leaf,
                            unsigned worker)
{
    struct cor_pipeline *pipeline = ((struct binary_visitor *)visitor)->pipeline;
    struct cor_component *debug = cor_component_new();
    (void)worker;
    if (!debug)
        return COR_NOMEM;
    enum cor_status status = cor_elf_read(debug, pipeline->names, leaf->bytes, leaf->size, NULL);
    if (status == COR_OK)
        status = join_to_all(pipeline, debug, leaf);
    else if (status != COR_NOMEM)
        status = COR_OK;
    cor_component_free(debug);
    return status;
}

enum cor_status cor_pipeline_debug(struct cor_pipeline *pipeline)
{
    struct binary_visitor visitor = {{join, wants}, pipeline};
    struct cor_walk *walk;
    return cor_pipeline_walk(pipeline, COR_ROLE_DEBUG, &visitor.visitor, NULL, 0, &walk);
}

static bool is_archive(const struct cor_walk *walk, size_t index)
{
    const struct cor_member *archive = cor_walk_member(walk, index);
    struct cor_slice name = last_name(archive->path);
    if (strcmp(archive->format, "ar") != 0 || !cor_slice_ends(name, COR_SLICE(".a")))
        return false;
    for (size_t i = index + 1; i < cor_walk_count(walk); i++) {
        const struct cor_member *member = cor_walk_member(walk, i);
        if (member->parent == index && strcmp(member->format, "elf") == 0)
            return true;
        if (!cor_slice_starts(cor_slice_text(member->path), cor_slice_text(archive->path)))
            return false;
    }
    return false;
}

static enum cor_status add_archive(struct cor_pipeline *pipeline, const struct cor_member *member,
                                   uint32_t input)
{
    struct cor_component *component = cor_component_new();
    if (!component)
        return COR_NOMEM;
    component->input = input;
    component->role = pipeline->inputs.items[input].role;
    component->kind = COR_KIND_ARCHIVE;
    component->path = member->path;
    component->name = cor_arena_text(&component->arena, last_name(member->path));
    component->file_size = member->size;
    memcpy(component->sha256, member->sha256, sizeof component->sha256);
    enum cor_status status = component->name ? keep(pipeline, component) : COR_NOMEM;
    if (status != COR_OK)
        cor_component_free(component);
    return status;
}

enum cor_status cor_pipeline_add_archives(struct cor_pipeline *pipeline, enum cor_role role,
                                          const struct cor_walk *walk)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < cor_walk_count(walk); i++) {
        const struct cor_member *member = cor_walk_member(walk, i);
        if (!is_archive(walk, i))
            continue;
        status =
            add_archive(pipeline, member, member->input + cor_pipeline_first_input(pipeline, role));
    }
    return status;
}
