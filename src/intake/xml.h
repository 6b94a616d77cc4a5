// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// XML as a stream of elements. Documents with a DTD are refused: nothing that ships needs one.
#ifndef COR_INTAKE_XML_H
#define COR_INTAKE_XML_H

#include <stddef.h>

#include "base/status.h"

struct cor_xml_reader {
    // `path` is the names of the open elements ("vib/payloads/payload"), without name spaces;
    // `attributes` are pairs with NULL at the end. A failure ends the reading.
    enum cor_status (*begin)(struct cor_xml_reader *reader, const char *path,
                             const char *const *attributes);
    // The text is what stands directly in the element, trimmed. May be NULL, as `begin` may.
    enum cor_status (*end)(struct cor_xml_reader *reader, const char *path, const char *text);
};

// COR_MALFORMED when it is not well-formed, COR_NOMEM, or what the reader returned.
COR_MUST_CHECK enum cor_status cor_xml_read(struct cor_xml_reader *reader, const char *bytes,
                                            size_t size);

// The value of an attribute, or "".
const char *cor_xml_attribute(const char *const *attributes, const char *name);

#endif
