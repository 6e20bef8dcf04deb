@org.jspecify.annotations.NullMarked
package dev.gatehouse.connector.nio;
