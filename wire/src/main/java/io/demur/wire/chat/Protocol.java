package io.demur.wire.chat;

/** The protocol in which a call came. Fields that only it knows are kept for it alone. */
public enum Protocol {
    OPENAI_CHAT,
    OPENAI_COMPLETIONS,
    ANTHROPIC_MESSAGES,
    OLLAMA_CHAT,
    OLLAMA_GENERATE
}
