package io.demur.record;

/**
 * Where entries stand in a log.
 *
 * @param origin the log's name
 * @param first the index of the first of them
 */
public record Position(String origin, long first) {}
