// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#ifndef COR_REPORT_XML_OUT_H
#define COR_REPORT_XML_OUT_H

#include <stdio.h>

// Text for XML, in an element or a quoted attribute; "-" for NULL. No character in it is one that
// XML forbids.
void cor_xml_text(FILE *out, const char *text);

#endif
