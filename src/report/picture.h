// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The pictures of the page: components, or groups of them, as boxes in columns by how much of them
// is released; what they need of each other as arrows; a combined work as a frame. One picture
// shows the whole; each box of it that is a group is a picture of its own, with what it is linked
// to beside it, and so on down to single components. Whole numbers only, so that it is the same
// everywhere.
#ifndef COR_REPORT_PICTURE_H
#define COR_REPORT_PICTURE_H

#include <stdio.h>

#include "base/array.h"
#include "model/case.h"
#include "report/edges.h"

enum { COR_PICTURE_MOST_BOXES = 40, COR_PICTURE_MOST_FRAMES = 6, COR_PICTURE_MOST_BESIDE = 12 };

// How much of what a component defines is released. The columns, from left to right.
enum cor_coverage {
    COR_COVERAGE_ALL,
    COR_COVERAGE_PART,
    COR_COVERAGE_NONE,
    COR_COVERAGE_UNKNOWN,
    COR_COVERAGE_COUNT
};

// What all pictures of a case share.
struct cor_plan {
    const struct cor_case *case_;
    COR_ARRAY(const struct cor_case_component *) order; // what is alike stands together
    COR_ARRAY(size_t) works;                            // those that are drawn as frames
    uint32_t *frame_of;                                 // by component id; works.count: in none
    struct cor_edges edges;
};

struct cor_picture_box {
    size_t first, count; // in the plan's order
    size_t shared;       // bytes of the folder that all of them are in
    uint32_t frame;      // frames.count: in no frame
    enum cor_coverage coverage;
    enum cor_kind kind;
    uint64_t functions, released; // sums over those that are known
    int x, y, width, height;
    bool part;  // of the components of one folder: the names tell which
    bool whole; // is not to be split further
};

struct cor_picture_frame {
    int x, y, width, height;
};

struct cor_picture_link {
    uint64_t needs, findings; // a component and a name each
    size_t symbol;            // the first finding, or the first symbol
};

struct cor_picture {
    const struct cor_plan *plan;
    struct cor_picture_box scope; // what is drawn box by box; `count` is 0 for the whole
    COR_ARRAY(struct cor_picture_box) boxes;
    size_t inside;   // the first so many boxes are of the scope; the rest stand beside it
    size_t left_out; // boxes beside it that are not drawn
    COR_ARRAY(struct cor_picture_frame) frames;
    uint32_t *box_of;               // by component id; UINT32_MAX: in no box
    struct cor_picture_link *links; // from * boxes.count + to
    int width, height;
};

enum cor_coverage cor_coverage_of(const struct cor_case_component *component);
const char *cor_coverage_word(enum cor_coverage coverage);

COR_MUST_CHECK enum cor_status cor_plan_init(struct cor_plan *plan, const struct cor_case *case_);
void cor_plan_dispose(struct cor_plan *plan);

// Boxes, links and places of the whole, and of one box of another picture.
COR_MUST_CHECK enum cor_status cor_picture_init(struct cor_picture *picture,
                                                const struct cor_plan *plan);
COR_MUST_CHECK enum cor_status cor_picture_init_box(struct cor_picture *picture,
                                                    const struct cor_picture *of, size_t box);
void cor_picture_dispose(struct cor_picture *picture);

// Private: the parts of cor_picture_init(). Splitting goes from the one box that `boxes` holds,
// or from none for the whole.
COR_MUST_CHECK enum cor_status cor_picture_split(struct cor_picture *picture);
void cor_picture_place(struct cor_picture *picture);

// An SVG element that stands in a page: boxes lead to "#c<id>" or "#b<first>-<count>", arrows to
// findings. What all of them refer to is written once.
void cor_picture_write_defs(FILE *out);
COR_MUST_CHECK enum cor_status cor_picture_write(const struct cor_picture *picture, FILE *out);

// What a box is called, escaped for HTML and cut to `width` thousandths of the face: a component's
// name, the folder of its components, or the first and the last of a part of a folder.
void cor_picture_put_name(const struct cor_plan *plan, const struct cor_picture_box *box, int width,
                          FILE *out);

// "#b12-40" or "#c7", without the "#".
void cor_picture_put_id(const struct cor_plan *plan, const struct cor_picture_box *box, FILE *out);

// "812 kernel-modules", and "8,112 functions, all released".
void cor_picture_put_kind(const struct cor_picture_box *box, FILE *out);
void cor_picture_put_facts(const struct cor_picture_box *box, FILE *out);

#endif
