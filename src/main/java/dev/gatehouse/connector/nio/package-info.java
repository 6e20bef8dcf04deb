/** Subclasses of Tomcat's NIO classes: connections, their threads and their buffers. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.connector.nio;
