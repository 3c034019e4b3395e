package io.demur.wire.chat;

import io.demur.wire.Json;

import java.util.Set;

/** Names of fields, as servers that do not look at their case see them. */
final class Names {

    /**
     * Fields by which a server chooses another model, or builds another prompt, than the one that
     * was judged. The list is closed: each name is that of a server or a router known to take it.
     */
    static final Set<String> STEERING =
            Set.of(
                    "models",
                    "model_list",
                    "route",
                    "fallbacks",
                    "provider",
                    "preset",
                    "transforms",
                    "custom_llm_provider",
                    "api_base",
                    "base_url",
                    "extra_body",
                    "lora",
                    "loras",
                    "lora_request",
                    "adapter_id",
                    "chat_template",
                    "chat_template_kwargs",
                    "template",
                    "raw",
                    "documents",
                    "grammar",
                    "system",
                    "prompt",
                    "messages");

    private Names() {}

    /** The same for all names that differ in case alone, in any script. */
    static String folded(String name) {
        return Json.folded(name);
    }
}
