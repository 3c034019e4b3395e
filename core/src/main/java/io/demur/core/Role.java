package io.demur.core;

/** Who speaks in a conversation. */
public enum Role {
    /** Standing instructions of whoever runs the model; also OpenAI's {@code developer}. */
    SYSTEM,
    /** The person or program that asks. */
    USER,
    /** The model. */
    ASSISTANT,
    /** What a tool gave back to the model. */
    TOOL
}
