// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#ifndef COR_REPORT_PICTURE_ARROWS_H
#define COR_REPORT_PICTURE_ARROWS_H

#include "report/picture.h"

struct cor_arrow {
    uint32_t from, to; // boxes
    const struct cor_picture_link *link;
    int x[4], y[4];       // a cubic curve
    int label_x, label_y; // the middle of its number
    bool labelled;
};

struct cor_arrows {
    COR_ARRAY(struct cor_arrow) list; // the most telling first
    size_t left_out;
};

// The links between different boxes as curves that leave and meet each box apart from each other.
COR_MUST_CHECK enum cor_status cor_arrows_make(const struct cor_picture *picture,
                                               struct cor_arrows *ret_arrows);

// Private: a part of it.
void cor_arrows_label(const struct cor_picture *picture, struct cor_arrows *arrows);

#endif
