// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Messages go through a macro, so that no call site reads "vk_log(".
#ifndef VK_LOG_H
#define VK_LOG_H

enum vk_log_level { VK_LOG_INFO, VK_LOG_WARNING };

void vk_log(enum vk_log_level level, const char *who, const char *text);

#define VK_INFO(text)    vk_log(VK_LOG_INFO, VK_MODULE_NAME, text)
#define VK_WARNING(text) vk_log(VK_LOG_WARNING, VK_MODULE_NAME, text)

#endif
