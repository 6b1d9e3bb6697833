"""Pages of chapters: in public, and from inside."""

from django.urls import path

from volunteers.views import candidates, chapters, interviews, work

app_name = "chapters"

urlpatterns = [
    path("", chapters.chapter_list, name="list"),
    path("<int:number>/", chapters.chapter, name="chapter"),
    path("<int:number>/answers/", chapters.answers, name="answers"),
    path("<int:number>/work/", work.workspace, name="work"),
    path("<int:number>/work/chapter/", work.describe, name="describe"),
    path("<int:number>/work/tasks/<slug:task>/", work.task, name="task"),
    path("<int:number>/work/interviewers/", work.interviewers, name="interviewers"),
    path("<int:number>/work/interviewers/<int:role>/end/", work.end_interviewer, name="end-interviewer"),
    path("<int:number>/work/questions/", work.questions, name="questions"),
    path("<int:number>/work/candidates/", candidates.add, name="add-candidate"),
    path("<int:number>/work/candidates/<int:pk>/", candidates.candidate, name="candidate"),
    path("<int:number>/work/candidates/<int:pk>/decide/", candidates.decide, name="decide"),
    path("<int:number>/work/candidates/<int:pk>/stance/", candidates.stance, name="stance"),
    path("<int:number>/work/candidates/<int:pk>/interview/", interviews.begin, name="interview"),
    path("<int:number>/work/interviews/<int:pk>/", interviews.edit, name="draft"),
    path("<int:number>/work/interviews/<int:pk>/publish/", interviews.publish, name="publish"),
]
