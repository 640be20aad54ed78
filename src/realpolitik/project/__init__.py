"""realpolitik.project"""
