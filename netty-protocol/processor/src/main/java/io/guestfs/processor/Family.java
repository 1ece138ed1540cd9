package io.guestfs.processor;

import com.palantir.javapoet.ClassName;
import java.util.List;

/** An interface that declares the calls of one topic. */
record Family(ClassName type, List<CallModel> calls, List<OptionsModel> options) {

  List<CallModel> remoteCalls() {
    return calls.stream().filter(CallModel::isRemote).toList();
  }

  List<CallModel> libraryCalls() {
    return calls.stream().filter(call -> !call.isRemote()).toList();
  }
}
