package org.gradgraph.examples.kotlin

import org.gradgraph.graph.Node

operator fun Node.unaryMinus(): Node = negate()
operator fun Node.div(other: Node): Node = dividedBy(other)
operator fun Node.div(number: Number): Node = dividedBy(number.toDouble())
operator fun Node.plus(number: Int): Node = plus(number.toDouble())
operator fun Node.minus(number: Int): Node = minus(number.toDouble())
operator fun Node.times(number: Int): Node = times(number.toDouble())
operator fun Number.plus(node: Node): Node = node.plus(toDouble())
operator fun Number.minus(node: Node): Node = node.negate().plus(toDouble())
operator fun Number.times(node: Node): Node = node.times(toDouble())
operator fun Number.div(node: Node): Node = node.reciprocal().times(toDouble())
