// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The picture of the page: components, or groups of them, as boxes in columns by how much of them
// is released; what they need of each other as arrows; a combined work as a frame. Whole numbers
// only, so that it is the same everywhere.
#ifndef COR_REPORT_PICTURE_H
#define COR_REPORT_PICTURE_H

#include <stdio.h>

#include "base/array.h"
#include "model/case.h"

enum { COR_PICTURE_MOST_BOXES = 40, COR_PICTURE_MOST_FRAMES = 6 };

// How much of what a component defines is released. The columns, from left to right.
enum cor_coverage {
    COR_COVERAGE_ALL,
    COR_COVERAGE_PART,
    COR_COVERAGE_NONE,
    COR_COVERAGE_UNKNOWN,
    COR_COVERAGE_COUNT
};

struct cor_picture_box {
    size_t first, count; // in `order`
    size_t shared;       // bytes of the folder that all of them are in
    uint32_t frame;      // frames.count: in no frame
    enum cor_coverage coverage;
    enum cor_kind kind;
    uint64_t functions, released; // sums over those that are known
    int x, y, width, height;
    bool whole; // is not to be split further
};

struct cor_picture_frame {
    size_t work; // index into the case's works
    int x, y, width, height;
};

struct cor_picture_link {
    uint64_t needs, findings; // a component and a name each
    size_t symbol;            // the first finding, or the first symbol
};

struct cor_picture {
    const struct cor_case *case_;
    COR_ARRAY(const struct cor_case_component *) order;
    COR_ARRAY(struct cor_picture_box) boxes;
    COR_ARRAY(struct cor_picture_frame) frames;
    uint32_t *frame_of, *box_of;    // by component id; at least boxes.count: in no box
    struct cor_picture_link *links; // from * boxes.count + to
    int width, height;
};

enum cor_coverage cor_coverage_of(const struct cor_case_component *component);
const char *cor_coverage_word(enum cor_coverage coverage);

// Boxes, links and places.
COR_MUST_CHECK enum cor_status cor_picture_init(struct cor_picture *picture,
                                                const struct cor_case *case_);
void cor_picture_dispose(struct cor_picture *picture);

// Private: the parts of cor_picture_init().
COR_MUST_CHECK enum cor_status cor_picture_make_boxes(struct cor_picture *picture);
void cor_picture_place(struct cor_picture *picture);

// An SVG element that stands in a page: boxes lead to "#c<id>" or "#b<box>", arrows to findings.
COR_MUST_CHECK enum cor_status cor_picture_write(const struct cor_picture *picture, FILE *out);

// What a box is called: a component's name, or the folder of its components.
void cor_picture_name(const struct cor_picture *picture, const struct cor_picture_box *box,
                      struct cor_slice *ret_name);

#endif
