package io.demur.gateway.upstream;

/**
 * A model at a server.
 *
 * @param model as the server names it
 */
record Offer(Endpoint endpoint, String model) {}
