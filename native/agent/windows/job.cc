#include "agent/windows/job.h"

#include "agent/windows/port.h"

namespace ipcmark {

bool job::open(HANDLE port) {
  handle_ = unique_handle(CreateJobObjectW(nullptr, nullptr));
  if (!handle_) return false;
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
  // A crash is an exit code here, and never a dialogue that waits for somebody.
  limits.BasicLimitInformation.LimitFlags =
      JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION;
  JOBOBJECT_ASSOCIATE_COMPLETION_PORT announce{reinterpret_cast<void*>(arrival::job), port};
  return SetInformationJobObject(handle_.get(), JobObjectExtendedLimitInformation, &limits, sizeof limits) !=
             0 &&
         SetInformationJobObject(handle_.get(), JobObjectAssociateCompletionPortInformation, &announce,
                                 sizeof announce) != 0;
}

bool job::add(HANDLE process) { return AssignProcessToJobObject(handle_.get(), process) != 0; }

void job::kill() { TerminateJobObject(handle_.get(), killed_code); }

bool job::empty() const {
  JOBOBJECT_BASIC_ACCOUNTING_INFORMATION now{};
  const BOOL known = QueryInformationJobObject(handle_.get(), JobObjectBasicAccountingInformation, &now,
                                               sizeof now, nullptr);
  return known == 0 || now.ActiveProcesses == 0;
}

}  // namespace ipcmark
