"""Reads JSON-LD with jsonld-java, through a Java machine of its own, and writes N-Quads."""

import sys

import jpype

jars = "jsonld-java jackson-core jackson-databind jackson-annotations httpclient httpclient-cache httpcore guava commons-io jcl-over-slf4j slf4j-api slf4j-nop"
jpype.startJVM(jpype.getDefaultJVMPath(), "-XX:+UseSerialGC", classpath=[f"/usr/share/java/{jar}.jar" for jar in jars.split()])
core = jpype.JPackage("com.github.jsonldjava.core")
document = jpype.JClass("com.github.jsonldjava.utils.JsonUtils").fromInputStream(jpype.java.io.FileInputStream(sys.argv[1]))
options = core.JsonLdOptions()
options.format = core.JsonLdConsts.APPLICATION_NQUADS
quads = core.JsonLdProcessor.toRDF(document, options)
sys.stdout.buffer.write(bytes(jpype.java.lang.String(quads).getBytes("UTF-8")))
